"""The whole site as a book (PDF), as an e-book (EPUB), and as a folder to read offline (zip): python -m book"""
