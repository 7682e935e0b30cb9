"""yiyang"""
